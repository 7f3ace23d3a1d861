resource "azurerm_resource_group" "site" {
  name     = local.name
  location = var.location
}

resource "azurerm_virtual_network" "site" {
  name                = local.name
  resource_group_name = azurerm_resource_group.site.name
  location            = var.location
  address_space       = [var.cidr]
}

resource "azurerm_subnet" "site" {
  name                 = local.name
  resource_group_name  = azurerm_resource_group.site.name
  virtual_network_name = azurerm_virtual_network.site.name
  address_prefixes     = [var.cidr]
}

resource "azurerm_public_ip" "site" {
  for_each = toset(["gateways", "controller"])

  name                = "${local.name}-${each.key}"
  resource_group_name = azurerm_resource_group.site.name
  location            = var.location
  allocation_method   = "Static"
  sku                 = "Standard"
  zones               = var.zones
}

resource "azurerm_lb" "gateways" {
  name                = local.name
  resource_group_name = azurerm_resource_group.site.name
  location            = var.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "gateways"
    public_ip_address_id = azurerm_public_ip.site["gateways"].id
  }
}

resource "azurerm_lb_backend_address_pool" "gateways" {
  name            = "gateways"
  loadbalancer_id = azurerm_lb.gateways.id
}

resource "azurerm_lb_probe" "gateways" {
  name                = "gateways"
  loadbalancer_id     = azurerm_lb.gateways.id
  protocol            = "Tcp"
  port                = local.gateway_port
  interval_in_seconds = 5
  number_of_probes    = 2
}

# Keeps the addresses of the peers, so the firewall of the gateways sees them.
resource "azurerm_lb_rule" "gateways" {
  name                           = "gateways"
  loadbalancer_id                = azurerm_lb.gateways.id
  protocol                       = "Tcp"
  frontend_port                  = local.gateway_port
  backend_port                   = local.gateway_port
  frontend_ip_configuration_name = "gateways"
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.gateways.id]
  probe_id                       = azurerm_lb_probe.gateways.id
  disable_outbound_snat          = true
}

# What gateways dial goes out by the same address.
resource "azurerm_lb_outbound_rule" "gateways" {
  name                    = "gateways"
  loadbalancer_id         = azurerm_lb.gateways.id
  protocol                = "Tcp"
  backend_address_pool_id = azurerm_lb_backend_address_pool.gateways.id

  frontend_ip_configuration {
    name = "gateways"
  }
}

resource "azurerm_application_security_group" "machine" {
  for_each = toset(["controller", "gateway"])

  name                = "${local.name}-${each.key}"
  resource_group_name = azurerm_resource_group.site.name
  location            = var.location
}

resource "azurerm_network_security_group" "site" {
  name                = local.name
  resource_group_name = azurerm_resource_group.site.name
  location            = var.location
}

resource "azurerm_subnet_network_security_group_association" "site" {
  subnet_id                 = azurerm_subnet.site.id
  network_security_group_id = azurerm_network_security_group.site.id
}

resource "azurerm_network_security_rule" "peers" {
  name                                       = "peers"
  resource_group_name                        = azurerm_resource_group.site.name
  network_security_group_name                = azurerm_network_security_group.site.name
  priority                                   = 100
  direction                                  = "Inbound"
  access                                     = "Allow"
  protocol                                   = "Tcp"
  source_port_range                          = "*"
  source_address_prefixes                    = values(var.peer_cidrs)
  destination_port_range                     = tostring(local.gateway_port)
  destination_application_security_group_ids = [azurerm_application_security_group.machine["gateway"].id]
}

resource "azurerm_network_security_rule" "gateways_to_controller" {
  name                                       = "gateways-to-controller"
  resource_group_name                        = azurerm_resource_group.site.name
  network_security_group_name                = azurerm_network_security_group.site.name
  priority                                   = 110
  direction                                  = "Inbound"
  access                                     = "Allow"
  protocol                                   = "Tcp"
  source_port_range                          = "*"
  source_application_security_group_ids      = [azurerm_application_security_group.machine["gateway"].id]
  destination_port_range                     = "15006-15010"
  destination_application_security_group_ids = [azurerm_application_security_group.machine["controller"].id]
}

resource "azurerm_network_security_rule" "joiners" {
  count = length(var.joiner_cidrs) > 0 ? 1 : 0

  name                                       = "joiners"
  resource_group_name                        = azurerm_resource_group.site.name
  network_security_group_name                = azurerm_network_security_group.site.name
  priority                                   = 120
  direction                                  = "Inbound"
  access                                     = "Allow"
  protocol                                   = "Tcp"
  source_port_range                          = "*"
  source_address_prefixes                    = values(var.joiner_cidrs)
  destination_port_range                     = "15012"
  destination_application_security_group_ids = [azurerm_application_security_group.machine["controller"].id]
}

# Azure's own rule lets a whole virtual network in; here nothing else comes in.
resource "azurerm_network_security_rule" "nobody_else" {
  name                        = "nobody-else"
  resource_group_name         = azurerm_resource_group.site.name
  network_security_group_name = azurerm_network_security_group.site.name
  priority                    = 4000
  direction                   = "Inbound"
  access                      = "Deny"
  protocol                    = "*"
  source_port_range           = "*"
  source_address_prefix       = "VirtualNetwork"
  destination_port_range      = "*"
  destination_address_prefix  = "*"
}
