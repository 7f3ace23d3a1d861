provider "aws" {
  region = "eu-central-1"
}

provider "google" {}

# Endpoint, CA and token come from the environment: `tombolo context env`.
provider "tombolo" {}

# Logins at both API servers, each time anew: no token of theirs is in the state.
locals {
  logins = {
    west = {
      api_version = "client.authentication.k8s.io/v1beta1"
      command     = "aws"
      args        = ["eks", "get-token", "--cluster-name", module.eks.cluster_name]
    }
    south = {
      api_version = "client.authentication.k8s.io/v1beta1"
      command     = "gke-gcloud-auth-plugin"
    }
  }
}

provider "kubernetes" {
  alias                  = "west"
  host                   = module.eks.endpoint
  cluster_ca_certificate = module.eks.ca_certificate

  exec {
    api_version = local.logins.west.api_version
    command     = local.logins.west.command
    args        = local.logins.west.args
  }
}

provider "helm" {
  alias = "west"

  kubernetes = {
    host                   = module.eks.endpoint
    cluster_ca_certificate = module.eks.ca_certificate
    exec                   = local.logins.west
  }
}

provider "kubernetes" {
  alias                  = "south"
  host                   = module.gke.endpoint
  cluster_ca_certificate = module.gke.ca_certificate

  exec {
    api_version = local.logins.south.api_version
    command     = local.logins.south.command
  }
}

provider "helm" {
  alias = "south"

  kubernetes = {
    host                   = module.gke.endpoint
    cluster_ca_certificate = module.gke.ca_certificate
    exec                   = local.logins.south
  }
}
