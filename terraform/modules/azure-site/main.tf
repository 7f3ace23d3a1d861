locals {
  name         = "tombolo-${var.name}"
  gateway_port = 15443
  health_port  = 15021
  gateways_at  = "${azurerm_public_ip.site["gateways"].ip_address}:${local.gateway_port}"
  # The fifth address: Azure keeps the first four of a subnet.
  controller_at = cidrhost(var.cidr, 4)
  secrets       = { for name, vault in azurerm_key_vault.token : name => "${trimsuffix(vault.vault_uri, "/")}/secrets/token" }
}

# Keys and state outlive the machine: a new one mounts the same disk.
resource "azurerm_managed_disk" "state" {
  name                 = "${local.name}-state"
  resource_group_name  = azurerm_resource_group.site.name
  location             = var.location
  zone                 = var.zones[0]
  storage_account_type = "StandardSSD_LRS"
  create_option        = "Empty"
  disk_size_gb         = var.data_disk_gib
}

# So does its address.
resource "azurerm_network_interface" "controller" {
  name                = "${local.name}-controller"
  resource_group_name = azurerm_resource_group.site.name
  location            = var.location

  ip_configuration {
    name                          = "controller"
    subnet_id                     = azurerm_subnet.site.id
    private_ip_address_allocation = "Static"
    private_ip_address            = local.controller_at
    public_ip_address_id          = azurerm_public_ip.site["controller"].id
  }
}

resource "azurerm_network_interface_application_security_group_association" "controller" {
  network_interface_id          = azurerm_network_interface.controller.id
  application_security_group_id = azurerm_application_security_group.machine["controller"].id
}

module "controller" {
  source = "../site"

  cluster     = var.name
  region      = coalesce(var.region_label, var.location)
  zone        = var.zones[0]
  labels      = var.labels
  advertise   = local.controller_at
  gateway     = null
  sidecars    = { for name, sidecar in var.sidecars : name => merge({ host = local.controller_at }, sidecar) }
  release     = var.release
  data_device = "/dev/disk/azure/scsi1/lun0"

  secrets = {
    kind    = "azure"
    join    = var.join_token_version > 0 ? local.secrets["join"] : null
    gateway = local.secrets["gateway"]
  }
}

resource "azurerm_linux_virtual_machine" "controller" {
  name                            = "${local.name}-controller"
  resource_group_name             = azurerm_resource_group.site.name
  location                        = var.location
  zone                            = var.zones[0]
  size                            = var.machine_types.controller
  admin_username                  = "operator"
  disable_password_authentication = true
  network_interface_ids           = [azurerm_network_interface.controller.id]
  custom_data                     = base64encode(module.controller.user_data)

  admin_ssh_key {
    username   = "operator"
    public_key = var.admin_ssh_key
  }

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.machine["controller"].id]
  }

  os_disk {
    caching              = "ReadWrite"
    storage_account_type = "StandardSSD_LRS"
  }

  source_image_reference {
    publisher = var.image.publisher
    offer     = var.image.offer
    sku       = var.image.sku
    version   = var.image.version
  }

  depends_on = [azurerm_subnet_nat_gateway_association.site, azurerm_key_vault_access_policy.token]
}

resource "azurerm_virtual_machine_data_disk_attachment" "state" {
  managed_disk_id    = azurerm_managed_disk.state.id
  virtual_machine_id = azurerm_linux_virtual_machine.controller.id
  lun                = 0
  caching            = "None"
}

module "gateway" {
  source = "../site"

  cluster = var.name
  role    = "gateway"
  release = var.release
  secrets = { kind = "azure", gateway = local.secrets["gateway"] }

  gateway = {
    advertise   = local.gateways_at
    health_port = local.health_port
    # The load balancer has noticed after two checks, 10 s apart.
    announce_after = "25s"
  }
}

resource "azurerm_linux_virtual_machine_scale_set" "gateways" {
  name                            = "${local.name}-gateways"
  resource_group_name             = azurerm_resource_group.site.name
  location                        = var.location
  zones                           = var.zones
  sku                             = var.machine_types.gateway
  instances                       = var.gateways
  admin_username                  = "operator"
  disable_password_authentication = true
  custom_data                     = base64encode(module.gateway.user_data)
  health_probe_id                 = azurerm_lb_probe.gateways.id
  upgrade_mode                    = "Rolling"

  rolling_upgrade_policy {
    max_batch_instance_percent              = 50
    max_unhealthy_instance_percent          = 50
    max_unhealthy_upgraded_instance_percent = 50
    pause_time_between_batches              = "PT2M"
  }

  automatic_instance_repair {
    enabled      = true
    grace_period = "PT15M"
  }

  admin_ssh_key {
    username   = "operator"
    public_key = var.admin_ssh_key
  }

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.machine["gateway"].id]
  }

  network_interface {
    name    = "gateway"
    primary = true

    ip_configuration {
      name                                   = "gateway"
      primary                                = true
      subnet_id                              = azurerm_subnet.site.id
      load_balancer_backend_address_pool_ids = [azurerm_lb_backend_address_pool.gateways.id]
      application_security_group_ids         = [azurerm_application_security_group.machine["gateway"].id]
    }
  }

  os_disk {
    caching              = "ReadWrite"
    storage_account_type = "StandardSSD_LRS"
  }

  source_image_reference {
    publisher = var.image.publisher
    offer     = var.image.offer
    sku       = var.image.sku
    version   = var.image.version
  }

  depends_on = [azurerm_lb_rule.gateways, azurerm_subnet_nat_gateway_association.site, azurerm_key_vault_access_policy.token]
}
