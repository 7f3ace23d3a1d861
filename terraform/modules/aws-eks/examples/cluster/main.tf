# A cluster on EKS that joins a federation. Terraform asks `aws` for a token of the API server when it needs one, and makes the
# join token when it runs: neither is in a state or a plan.
provider "aws" {
  region = "eu-central-1"
}

provider "tombolo" {}

locals {
  login = {
    api_version = "client.authentication.k8s.io/v1beta1"
    command     = "aws"
    args        = ["eks", "get-token", "--cluster-name", module.eks.cluster_name]
  }
}

provider "kubernetes" {
  host                   = module.eks.endpoint
  cluster_ca_certificate = module.eks.ca_certificate

  exec {
    api_version = local.login.api_version
    command     = local.login.command
    args        = local.login.args
  }
}

provider "helm" {
  kubernetes = {
    host                   = module.eks.endpoint
    cluster_ca_certificate = module.eks.ca_certificate
    exec                   = local.login
  }
}

module "eks" {
  source = "../.."

  name                = "west"
  availability_zones  = ["eu-central-1a", "eu-central-1b"]
  control_plane_cidrs = { office = "198.51.100.0/24" }
  peer_cidrs          = { east = "203.0.113.7/32" }
}

# EKS has no class of its own that is the default.
resource "kubernetes_storage_class_v1" "gp3" {
  metadata {
    name = "tombolo-gp3"
  }

  storage_provisioner    = "ebs.csi.aws.com"
  volume_binding_mode    = "WaitForFirstConsumer"
  allow_volume_expansion = true
  parameters             = { type = "gp3", encrypted = "true" }
  depends_on             = [module.eks]
}

ephemeral "tombolo_join_token" "west" {
  cluster         = "west"
  ttl             = "1h"
  revoke_on_close = false
}

module "west" {
  source = "../../../kubernetes"

  name               = "west"
  region             = "eu"
  chart              = { name = "${path.module}/../../../../../deploy/helm/tombolo" }
  image              = { repository = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/tombolo" }
  gateway            = module.eks.gateway
  controller         = { storage_class = kubernetes_storage_class_v1.gp3.metadata[0].name }
  join_token         = ephemeral.tombolo_join_token.west.token
  join_token_version = 1
  depends_on         = [module.eks]
}

# Done when it has joined.
resource "tombolo_cluster" "west" {
  name       = "west"
  depends_on = [module.west]
}

output "gateway_address" {
  value = module.west.gateway_address
}
