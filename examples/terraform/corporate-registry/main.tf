# Mirror public images through corporate registry
resource "rhcs_image_mirror" "corporate_mirrors" {
  for_each = {
    "docker.io/library/nginx"     = ["registry.corp.example.com/docker/nginx"]
    "docker.io/library/postgres"  = ["registry.corp.example.com/docker/postgres"]
    "quay.io/prometheus/prometheus" = ["registry.corp.example.com/quay/prometheus"]
  }

  cluster_id = var.cluster_id
  source     = each.key
  mirrors    = each.value
}
