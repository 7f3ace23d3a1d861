resource "azurerm_user_assigned_identity" "machine" {
  for_each = toset(["controller", "gateway"])

  name                = "${local.name}-${each.key}"
  resource_group_name = azurerm_resource_group.site.name
  location            = var.location
}

# A vault for each token: what a machine may read is what its vault holds.
resource "azurerm_key_vault" "token" {
  for_each = toset(["join", "gateway"])

  name                       = "tmb-${var.name}-${substr(each.key, 0, 4)}"
  resource_group_name        = azurerm_resource_group.site.name
  location                   = var.location
  tenant_id                  = var.tenant_id
  sku_name                   = "standard"
  soft_delete_retention_days = 7
}

resource "azurerm_key_vault_access_policy" "token" {
  for_each = {
    deployer_writes_join      = { vault = "join", object = var.deployer_object_id, permissions = ["Get", "Set", "Delete", "Purge"] }
    controller_reads_join     = { vault = "join", object = azurerm_user_assigned_identity.machine["controller"].principal_id, permissions = ["Get"] }
    controller_writes_gateway = { vault = "gateway", object = azurerm_user_assigned_identity.machine["controller"].principal_id, permissions = ["Set"] }
    gateway_reads_gateway     = { vault = "gateway", object = azurerm_user_assigned_identity.machine["gateway"].principal_id, permissions = ["Get"] }
  }

  key_vault_id       = azurerm_key_vault.token[each.value.vault].id
  tenant_id          = var.tenant_id
  object_id          = each.value.object
  secret_permissions = each.value.permissions
}

# Write-only: the token is in no state and no plan. It is written when the version changes.
resource "azurerm_key_vault_secret" "join" {
  count = var.join_token_version > 0 ? 1 : 0

  name             = "token"
  key_vault_id     = azurerm_key_vault.token["join"].id
  value_wo         = var.join_token
  value_wo_version = var.join_token_version
  depends_on       = [azurerm_key_vault_access_policy.token]
}
