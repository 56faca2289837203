variable "cluster_id" {
  type        = string
  description = "The ROSA HCP cluster ID"
}

variable "registry_mirrors" {
  type = map(list(string))
  description = "Map of source registries to their mirror lists"
  default = {
    "docker.io/library/nginx" = ["quay.io/my-org/nginx"]
    "docker.io/library/redis" = ["registry.example.com/redis", "quay.io/backup/redis"]
  }
}

resource "rhcs_image_mirror" "configured_mirrors" {
  for_each = var.registry_mirrors

  cluster_id = var.cluster_id
  source     = each.key
  mirrors    = each.value
}
