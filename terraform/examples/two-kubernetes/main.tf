# Three clusters of one federation. `east` is a machine of your own that founded it (docs/install.md) and is its authority; Terraform
# talks to its controller, makes a cluster on EKS and one on GKE, and installs what makes them join.
locals {
  chart = { name = "${path.module}/../../../deploy/helm/tombolo" }

  # Raise a number to write another token, for a cluster that has not joined with the one before.
  tokens = { west = 1, south = 1 }

  # Who may reach whom: each cluster lets in the addresses that the others' connections leave from.
  east  = { east = var.east_cidr }
  west  = { for index, range in module.eks.egress_cidrs : "west-${index}" => range }
  south = { for index, range in module.gke.egress_cidrs : "south-${index}" => range }
}

ephemeral "tombolo_join_token" "cluster" {
  for_each = local.tokens

  cluster         = each.key
  ttl             = "1h"
  revoke_on_close = false
}

module "eks" {
  source = "../../modules/aws-eks"

  name                = "west"
  availability_zones  = ["eu-central-1a", "eu-central-1b"]
  control_plane_cidrs = { office = var.office_cidr }
  peer_cidrs          = merge(local.east, local.south)
}

# EKS has no class of its own that is the default.
resource "kubernetes_storage_class_v1" "west" {
  provider = kubernetes.west

  metadata {
    name = "tombolo-gp3"
  }

  storage_provisioner    = "ebs.csi.aws.com"
  volume_binding_mode    = "WaitForFirstConsumer"
  allow_volume_expansion = true
  parameters             = { type = "gp3", encrypted = "true" }
  depends_on             = [module.eks]
}

module "west" {
  source    = "../../modules/kubernetes"
  providers = { kubernetes = kubernetes.west, helm = helm.west }

  name               = "west"
  region             = "eu"
  chart              = local.chart
  image              = { repository = var.image }
  gateway            = module.eks.gateway
  controller         = { storage_class = kubernetes_storage_class_v1.west.metadata[0].name }
  join_token         = ephemeral.tombolo_join_token.cluster["west"].token
  join_token_version = local.tokens.west
  depends_on         = [module.eks]
}

module "gke" {
  source = "../../modules/gcp-gke"

  name                = "south"
  project             = var.google_project
  region              = "us-east1"
  zones               = ["us-east1-b", "us-east1-c"]
  control_plane_cidrs = { office = var.office_cidr }
  peer_cidrs          = merge(local.east, local.west)
}

module "south" {
  source    = "../../modules/kubernetes"
  providers = { kubernetes = kubernetes.south, helm = helm.south }

  name               = "south"
  region             = "us"
  chart              = local.chart
  image              = { repository = var.image }
  gateway            = module.gke.gateway
  join_token         = ephemeral.tombolo_join_token.cluster["south"].token
  join_token_version = local.tokens.south
  depends_on         = [module.gke]
}

# Done when both have joined, and their gateways answer.
resource "tombolo_cluster" "cluster" {
  for_each = local.tokens

  name       = each.key
  on_destroy = "evict"
  depends_on = [module.west, module.south]
}
