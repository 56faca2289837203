# Multiple mirrors for high availability
resource "rhcs_image_mirror" "ha_mirror" {
  cluster_id = var.cluster_id
  source     = "docker.io/library/mysql"
  mirrors    = [
    "primary-registry.example.com/mysql",    # Primary
    "backup-registry.example.com/mysql",     # Backup
    "quay.io/my-org/mysql"                   # Emergency fallback
  ]
}
