locals {
  own_network  = var.network == null ? 1 : 0
  subnet_id    = var.network == null ? azurerm_subnet.cluster[0].id : var.network.subnet_id
  egress_cidrs = var.network == null ? [for address in azurerm_public_ip.nat : "${address.ip_address}/32"] : var.network.egress_cidrs
}

resource "azurerm_virtual_network" "cluster" {
  count = local.own_network

  name                = local.name
  resource_group_name = azurerm_resource_group.cluster.name
  location            = var.location
  address_space       = [var.cidr]
}

resource "azurerm_subnet" "cluster" {
  count = local.own_network

  name                 = local.name
  resource_group_name  = azurerm_resource_group.cluster.name
  virtual_network_name = azurerm_virtual_network.cluster[0].name
  address_prefixes     = [var.cidr]
}

# Addresses that other clusters let in. They depend on nothing that knows the others, so two clusters can name each other's.
resource "azurerm_public_ip" "nat" {
  count = var.network == null ? var.egress_addresses : 0

  name                = "${local.name}-nat-${count.index}"
  resource_group_name = azurerm_resource_group.cluster.name
  location            = var.location
  allocation_method   = "Static"
  sku                 = "Standard"
  zones               = [var.zones[0]]
}

resource "azurerm_nat_gateway" "cluster" {
  count = local.own_network

  name                = local.name
  resource_group_name = azurerm_resource_group.cluster.name
  location            = var.location
  sku_name            = "Standard"
  zones               = [var.zones[0]]
}

resource "azurerm_nat_gateway_public_ip_association" "cluster" {
  count = var.network == null ? var.egress_addresses : 0

  nat_gateway_id       = azurerm_nat_gateway.cluster[0].id
  public_ip_address_id = azurerm_public_ip.nat[count.index].id
}

resource "azurerm_subnet_nat_gateway_association" "cluster" {
  count = local.own_network

  subnet_id      = azurerm_subnet.cluster[0].id
  nat_gateway_id = azurerm_nat_gateway.cluster[0].id
}

# What the load balancer of the gateways' Service takes: it is known before the chart is installed.
resource "azurerm_public_ip" "gateways" {
  name                = "${local.name}-gateways"
  resource_group_name = azurerm_resource_group.cluster.name
  location            = var.location
  allocation_method   = "Static"
  sku                 = "Standard"
  zones               = var.zones
}
