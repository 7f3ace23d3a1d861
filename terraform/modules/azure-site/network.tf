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

# Addresses that other sites let in. They depend on nothing that knows the other sites, so two sites can name each other's.
resource "azurerm_public_ip" "nat" {
  count = var.egress_addresses

  name                = "${local.name}-nat-${count.index}"
  resource_group_name = azurerm_resource_group.site.name
  location            = var.location
  allocation_method   = "Static"
  sku                 = "Standard"
  zones               = [var.zones[0]]
}

# All machines of the subnet leave by it, also the controller: Azure prefers it to a machine's own address.
resource "azurerm_nat_gateway" "site" {
  name                = local.name
  resource_group_name = azurerm_resource_group.site.name
  location            = var.location
  sku_name            = "Standard"
  zones               = [var.zones[0]]
}

resource "azurerm_nat_gateway_public_ip_association" "site" {
  count = var.egress_addresses

  nat_gateway_id       = azurerm_nat_gateway.site.id
  public_ip_address_id = azurerm_public_ip.nat[count.index].id
}

resource "azurerm_subnet_nat_gateway_association" "site" {
  subnet_id      = azurerm_subnet.site.id
  nat_gateway_id = azurerm_nat_gateway.site.id
  depends_on     = [azurerm_nat_gateway_public_ip_association.site]
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
  protocol            = "Http"
  port                = local.health_port
  request_path        = "/readyz"
  interval_in_seconds = 10
  number_of_probes    = 2
  probe_threshold     = 2
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

resource "azurerm_network_security_rule" "health_checks" {
  name                                       = "health-checks"
  resource_group_name                        = azurerm_resource_group.site.name
  network_security_group_name                = azurerm_network_security_group.site.name
  priority                                   = 105
  direction                                  = "Inbound"
  access                                     = "Allow"
  protocol                                   = "Tcp"
  source_port_range                          = "*"
  source_address_prefix                      = "AzureLoadBalancer"
  destination_port_range                     = tostring(local.health_port)
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
