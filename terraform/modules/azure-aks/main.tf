locals {
  name         = "tombolo-${var.name}"
  gateway_port = 15443
}

resource "azurerm_resource_group" "cluster" {
  name     = local.name
  location = var.location
}

# What Azure's own parts of the cluster are.
resource "azurerm_user_assigned_identity" "cluster" {
  name                = local.name
  resource_group_name = azurerm_resource_group.cluster.name
  location            = var.location
}

# Nodes join the subnet, and the gateways' address goes to a load balancer: no other network may be changed.
resource "azurerm_role_assignment" "network" {
  for_each = { subnet = local.subnet_id, address = azurerm_resource_group.cluster.id }

  scope                = each.value
  role_definition_name = "Network Contributor"
  principal_id         = azurerm_user_assigned_identity.cluster.principal_id
}

resource "azurerm_kubernetes_cluster" "cluster" {
  name                              = local.name
  resource_group_name               = azurerm_resource_group.cluster.name
  location                          = var.location
  dns_prefix                        = local.name
  kubernetes_version                = var.kubernetes_version
  sku_tier                          = "Standard"
  local_account_disabled            = true
  role_based_access_control_enabled = true
  oidc_issuer_enabled               = true
  workload_identity_enabled         = true

  azure_active_directory_role_based_access_control {
    tenant_id          = var.tenant_id
    azure_rbac_enabled = true
  }

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.cluster.id]
  }

  # Nodes too: they reach it from the addresses of the NAT gateway, which Azure does not let in by itself.
  api_server_access_profile {
    authorized_ip_ranges = concat(values(var.control_plane_cidrs), local.egress_cidrs)
  }

  network_profile {
    network_plugin      = "azure"
    network_plugin_mode = "overlay"
    network_data_plane  = "cilium"
    network_policy      = "cilium"
    load_balancer_sku   = "standard"
    outbound_type       = "userAssignedNATGateway"
    pod_cidr            = var.overlay_cidrs.pods
    service_cidr        = var.overlay_cidrs.services
    dns_service_ip      = cidrhost(var.overlay_cidrs.services, 10)
  }

  default_node_pool {
    name                        = "nodes"
    temporary_name_for_rotation = "nodestemp"
    vm_size                     = var.nodes.vm_size
    vnet_subnet_id              = local.subnet_id
    zones                       = var.zones
    auto_scaling_enabled        = true
    min_count                   = var.nodes.min
    max_count                   = var.nodes.max
    os_disk_size_gb             = var.nodes.disk_gib

    upgrade_settings {
      max_surge = "33%"
    }
  }

  # A node without a way out never becomes ready.
  depends_on = [azurerm_role_assignment.network, azurerm_subnet_nat_gateway_association.cluster, azurerm_nat_gateway_public_ip_association.cluster]
}

resource "azurerm_role_assignment" "administrators" {
  for_each = var.administrators

  scope                = azurerm_kubernetes_cluster.cluster.id
  role_definition_name = "Azure Kubernetes Service RBAC Cluster Admin"
  principal_id         = each.value
}
