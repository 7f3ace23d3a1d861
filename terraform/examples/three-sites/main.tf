# Three sites of one federation. `east` is a machine of your own that founded it (docs/install.md); Terraform talks to its
# controller, and makes a site on AWS and one on Google Cloud that join it. A fourth machine of yours would use the module
# `site` as `own` does.
locals {
  release = {
    url    = "https://releases.example.org/tombolo.tar.gz"
    sha256 = "0000000000000000000000000000000000000000000000000000000000000000"
  }

  # Raise a number to write another token, for a site that has not joined with the one before.
  tokens = { west = 1, south = 1 }

  # Who may reach whom: each site lets in the addresses that the others' connections leave from.
  east  = { east = var.east_cidr }
  west  = { for index, range in module.west.egress_cidrs : "west-${index}" => range }
  south = { for index, range in module.south.egress_cidrs : "south-${index}" => range }
}

ephemeral "tombolo_join_token" "site" {
  for_each = local.tokens

  cluster         = each.key
  ttl             = "1h"
  revoke_on_close = false
}

module "west" {
  source = "../../modules/aws-site"

  name               = "west"
  region_label       = "eu"
  availability_zones = ["eu-central-1a", "eu-central-1b"]
  peer_cidrs         = merge(local.east, local.south)
  join_token         = ephemeral.tombolo_join_token.site["west"].token
  join_token_version = local.tokens.west
  release            = local.release
}

module "south" {
  source = "../../modules/gcp-site"

  name               = "south"
  project            = var.google_project
  region             = "us-east1"
  region_label       = "us"
  zones              = ["us-east1-b", "us-east1-c"]
  peer_cidrs         = merge(local.east, local.west)
  join_token         = ephemeral.tombolo_join_token.site["south"].token
  join_token_version = local.tokens.south
  release            = local.release
}

# One's own machine: this renders what it boots with. Its token is carried there by hand.
module "own" {
  source = "../../modules/site"

  cluster   = "north"
  region    = "eu"
  advertise = "north.example.org"
  release   = local.release
  secrets   = { join = "/etc/tombolo/join.token" }
}

# Done when both have joined, and their gateways answer.
resource "tombolo_cluster" "site" {
  for_each = local.tokens

  name       = each.key
  on_destroy = "evict"
  depends_on = [module.west, module.south]
}
