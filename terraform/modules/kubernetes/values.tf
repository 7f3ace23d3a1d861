# What the chart is told. In a file of its own, which depends on no provider: the build renders the chart with it.
locals {
  join_secret = var.join_token_version > 0 ? "tombolo-join" : ""

  chart_values = {
    cluster = var.name
    region  = var.region
    zone    = var.zone
    image = {
      repository  = var.image.repository
      tag         = var.image.tag
      pullSecrets = var.image.pull_secrets
    }
    join = { secretName = local.join_secret }
    controller = {
      replicas = var.controller.replicas
      settings = merge({ for label, value in var.labels : can(regex("^[-_A-Za-z0-9]+$", label)) ? "labels.${label}" : "labels.\"${label}\"" => value }, var.controller.settings)
      storage = {
        size      = var.controller.storage_size
        className = var.controller.storage_class
      }
    }
    gateway = {
      advertise     = var.gateway.advertise
      replicas      = var.gateway.replicas
      announceAfter = var.gateway.announce_after
      service = {
        type                  = var.gateway.service.type
        annotations           = var.gateway.service.annotations
        sourceRanges          = var.gateway.service.source_ranges
        externalTrafficPolicy = var.gateway.service.external_traffic_policy
        nodePorts             = { for name, port in var.gateway.service.node_ports : name => port if port != null }
      }
    }
    injection       = { enabled = var.injection }
    networkPolicies = { enabled = var.network_policies }
  }
}
