# Plans against the names and types of Azure's provider; nothing is made.
mock_provider "azurerm" {
  mock_resource "azurerm_public_ip" {
    defaults = { ip_address = "203.0.113.20" }
  }
  mock_resource "azurerm_key_vault" {
    defaults = { vault_uri = "https://tmb-west.vault.azure.net/" }
  }
}

variables {
  name               = "west"
  location           = "germanywestcentral"
  zones              = ["1", "2"]
  tenant_id          = "00000000-0000-0000-0000-000000000001"
  deployer_object_id = "00000000-0000-0000-0000-000000000002"
  admin_ssh_key      = "ssh-ed25519 AAAA"
  peer_cidrs         = { east = "198.51.100.7/32" }
  join_token         = "not-a-token"
  join_token_version = 1
  release = {
    url    = "https://releases.example.org/tombolo.tar.gz"
    sha256 = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  }
}

run "a_site_is_made" {
  assert {
    condition     = output.gateway_address == "203.0.113.20:15443" && output.controller_private_ip == "10.66.0.4"
    error_message = "the site is not known by its addresses"
  }
  assert {
    condition     = strcontains(base64decode(azurerm_linux_virtual_machine_scale_set.gateways.custom_data), "203.0.113.20:15443")
    error_message = "gateways do not know the address at which others reach them"
  }
  assert {
    condition     = strcontains(base64decode(azurerm_linux_virtual_machine.controller.custom_data), "/dev/disk/azure/scsi1/lun0")
    error_message = "the controller does not mount its disk"
  }
  assert {
    condition     = !strcontains(base64decode(azurerm_linux_virtual_machine.controller.custom_data), "not-a-token")
    error_message = "the token is in user data"
  }
}

run "only_peers_reach_the_gateways" {
  assert {
    condition     = toset(azurerm_network_security_rule.peers.source_address_prefixes) == toset(["198.51.100.7/32"]) && azurerm_network_security_rule.peers.destination_port_range == "15443"
    error_message = "the gateways are open to others, or on other ports"
  }
  assert {
    condition     = length(azurerm_network_security_rule.joiners) == 0
    error_message = "a site that is no authority lets joiners in"
  }
}

run "several_gateways_are_behind_one_address" {
  assert {
    condition     = azurerm_linux_virtual_machine_scale_set.gateways.instances == 2
    error_message = "there are fewer gateways"
  }
  assert {
    condition = (
      azurerm_lb_probe.gateways.protocol == "Http" && azurerm_lb_probe.gateways.port == 15021 && azurerm_lb_probe.gateways.request_path == "/readyz" &&
      azurerm_lb_probe.gateways.interval_in_seconds == 10 && azurerm_lb_probe.gateways.probe_threshold == 2
    )
    error_message = "the load balancer does not ask whether a gateway takes connections"
  }
  assert {
    condition = alltrue([for line in ["gateway.health.port=15021\n", "gateway.drain.announce-after=25s\n", "gateway.drain.deadline=60s\n"] :
      strcontains(base64decode(azurerm_linux_virtual_machine_scale_set.gateways.custom_data), line)
    ])
    error_message = "a gateway does not answer checks, or says that it goes before the load balancer has noticed"
  }
}

run "only_the_balancer_reaches_the_health_port" {
  assert {
    condition     = azurerm_network_security_rule.health_checks.source_address_prefix == "AzureLoadBalancer" && azurerm_network_security_rule.health_checks.destination_port_range == "15021"
    error_message = "others reach it, or the load balancer does not"
  }
  assert {
    condition     = azurerm_network_security_rule.health_checks.priority < azurerm_network_security_rule.nobody_else.priority && azurerm_network_security_rule.nobody_else.access == "Deny"
    error_message = "the rule that shuts everybody out comes first"
  }
}

run "connections_leave_from_fixed_addresses" {
  variables {
    egress_addresses = 2
    gateways         = 1
  }
  assert {
    condition     = output.egress_cidrs == ["203.0.113.20/32", "203.0.113.20/32"]
    error_message = "other sites cannot let in all addresses"
  }
  assert {
    condition     = [for one in azurerm_nat_gateway_public_ip_association.site : one.public_ip_address_id] == azurerm_public_ip.nat[*].id && azurerm_subnet_nat_gateway_association.site.subnet_id == azurerm_subnet.site.id
    error_message = "machines leave from other addresses"
  }
}

run "a_site_that_founds_joins_nobody" {
  variables {
    join_token_version = 0
    joiner_cidrs       = { south = "198.51.100.0/24" }
  }
  assert {
    condition     = strcontains(base64decode(azurerm_linux_virtual_machine.controller.custom_data), "TOMBOLO_JOIN_SECRET=\"\"\n")
    error_message = "it tries to join"
  }
  assert {
    condition     = length(azurerm_key_vault_secret.join) == 0 && length(azurerm_network_security_rule.joiners) == 1
    error_message = "joiners do not reach it"
  }
}

run "what_cannot_be_is_said_before_anything_is_made" {
  command = plan
  variables {
    name               = "West"
    tenant_id          = "x"
    deployer_object_id = "x"
    cidr               = "10.0.0.0/8"
    zones              = []
    peer_cidrs         = { all = "0.0.0.0/0" }
    joiner_cidrs       = { x = "everybody" }
    gateways           = 0
    egress_addresses   = 17
    data_disk_gib      = 0
    join_token_version = 1.5
  }
  expect_failures = [
    var.name, var.tenant_id, var.deployer_object_id, var.cidr, var.zones, var.peer_cidrs, var.joiner_cidrs, var.gateways,
    var.egress_addresses, var.data_disk_gib, var.join_token_version,
  ]
}
