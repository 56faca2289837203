data "rhcs_image_mirrors" "validation" {
  cluster_id = var.cluster_id
}

output "configured_mirrors" {
  value = {
    for mirror in data.rhcs_image_mirrors.validation.image_mirrors :
    mirror.source => mirror.mirrors
  }
}
