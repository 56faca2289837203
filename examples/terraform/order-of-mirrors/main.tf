resource "rhcs_image_mirror" "multi_mirror" {
  cluster_id = var.cluster_id
  source     = "docker.io/library/alpine"
  mirrors    = [
    "quay.io/my-org/alpine",           # Primary mirror
    "registry.example.com/alpine",     # Secondary mirror
    "docker.io/my-backup/alpine"       # Tertiary mirror
  ]
}
