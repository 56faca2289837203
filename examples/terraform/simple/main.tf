resource "rhcs_image_mirror" "nginx_mirror" {
  cluster_id = "your-cluster-id"
  source     = "docker.io/library/nginx"
  mirrors    = ["quay.io/my-org/nginx"]
  type       = "digest"  # Optional, defaults to "digest"
}
