data "rhcs_image_mirrors" "cluster_mirrors" {
  cluster_id = "your-cluster-id"
}

output "all_mirrors" {
  value = data.rhcs_image_mirrors.cluster_mirrors.image_mirrors
}
