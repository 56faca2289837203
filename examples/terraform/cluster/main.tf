data "rhcs_cluster_rosa_hcp" "cluster" {
  id = var.cluster_id
}

output "allowed_registries" {
  value = try(data.rhcs_cluster_rosa_hcp.cluster.registry_config.registry_sources.allowed_registries, [])
}
