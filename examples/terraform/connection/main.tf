terraform {
  required_providers {
    rhcs = {
      source  = "terraform-redhat/rhcs"
      version = ">= 1.1.0"
    }
  }
}

# Every argument can come from the environment instead: RHCS_URL, RHCS_TOKEN_URL, RHCS_CLIENT_ID, ...
provider "rhcs" {
  url           = var.url
  token_url     = "${var.url}/auth/realms/redhat-external/protocol/openid-connect/token"
  client_id     = var.client_id
  client_secret = var.client_secret
  trusted_cas   = file(var.ca_file)
}

variable "url" {
  type        = string
  description = "What pullpath serve prints, like https://127.0.0.1:8443"
}

variable "ca_file" {
  type        = string
  description = "DIR/ca.crt of pullpath serve --data-dir DIR"
}

variable "client_id" {
  type        = string
  description = "From pullpath ocm account create"
}

variable "client_secret" {
  type      = string
  sensitive = true
}

variable "cluster_id" {
  type = string
}

data "rhcs_image_mirrors" "all" {
  cluster_id = var.cluster_id
}
