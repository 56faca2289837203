# All mirrors of a cluster in one resource: a mirror that is not here is removed.
resource "rhcs_image_mirror_set" "all" {
  cluster_id = var.cluster_id
  mirrors = {
    "docker.io/library/nginx"       = ["registry.corp.example.com/docker/nginx", "quay.io/my-org/nginx"]
    "quay.io/prometheus/prometheus" = ["registry.corp.example.com/quay/prometheus"]
  }
}
