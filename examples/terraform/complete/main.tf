terraform {
  required_providers {
    rhcs = {
      version = ">= 1.1.0"
      source  = "terraform-redhat/rhcs"
    }
  }
}

locals {
  sts_roles = {
    role_arn         = "arn:aws:iam::123456789012:role/my-HCP-ROSA-Installer-Role"
    support_role_arn = "arn:aws:iam::123456789012:role/my-HCP-ROSA-Support-Role"
    instance_iam_roles = {
      worker_role_arn = "arn:aws:iam::123456789012:role/my-HCP-ROSA-Worker-Role"
    }
    operator_role_prefix = "my-operator"
    oidc_config_id       = "my-oidc-config-id"
  }
}

# Create HCP cluster
resource "rhcs_cluster_rosa_hcp" "example_cluster" {
  name                   = "example-hcp-cluster"
  cloud_region           = "us-east-1"
  aws_account_id         = "123456789012"
  aws_billing_account_id = "123456789012"
  aws_subnet_ids         = ["subnet-123", "subnet-456"]
  availability_zones     = ["us-east-1a", "us-east-1b"]
  replicas               = 2
  version                = "4.15.9"

  sts                                 = local.sts_roles
  wait_for_create_complete            = true
  wait_for_std_compute_nodes_complete = true
}

# Configure image mirrors after cluster creation
resource "rhcs_image_mirror" "nginx_mirror" {
  cluster_id = rhcs_cluster_rosa_hcp.example_cluster.id
  source     = "docker.io/library/nginx"
  mirrors    = ["quay.io/my-org/nginx"]

  depends_on = [rhcs_cluster_rosa_hcp.example_cluster]
}

resource "rhcs_image_mirror" "redis_mirror" {
  cluster_id = rhcs_cluster_rosa_hcp.example_cluster.id
  source     = "docker.io/library/redis"
  mirrors    = [
    "registry.example.com/redis",
    "quay.io/backup/redis"
  ]

  depends_on = [rhcs_cluster_rosa_hcp.example_cluster]
}
