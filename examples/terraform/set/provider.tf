terraform {
  required_providers {
    rhcs = {
      source  = "terraform-redhat/rhcs"
      version = ">= 1.1.0"
    }
  }
}

variable "cluster_id" {
  type        = string
  description = "The ROSA HCP cluster ID"
}
