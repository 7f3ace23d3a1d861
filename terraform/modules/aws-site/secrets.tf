resource "aws_secretsmanager_secret" "join" {
  name_prefix             = "${local.name}-join-"
  description             = "Token with which ${var.name} joins its federation: good for once"
  kms_key_id              = var.kms_key_arn
  recovery_window_in_days = 0
  tags                    = local.tags
}

# Write-only: the token is in no state and no plan. It is written when the version changes.
resource "aws_secretsmanager_secret_version" "join" {
  count = var.join_token_version > 0 ? 1 : 0

  secret_id                = aws_secretsmanager_secret.join.id
  secret_string_wo         = var.join_token
  secret_string_wo_version = var.join_token_version
}

resource "aws_secretsmanager_secret" "gateway" {
  name_prefix             = "${local.name}-gateway-"
  description             = "Tokens for further gateways of ${var.name}; its controller writes them"
  kms_key_id              = var.kms_key_arn
  recovery_window_in_days = 0
  tags                    = local.tags
}

data "aws_iam_policy_document" "machines" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

# What each machine may do, and no more: the controller reads the join token and writes the gateways', a gateway reads its own.
data "aws_iam_policy_document" "controller" {
  statement {
    sid       = "ReadJoinToken"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [aws_secretsmanager_secret.join.arn]
  }

  statement {
    sid       = "WriteGatewayToken"
    actions   = ["secretsmanager:PutSecretValue"]
    resources = [aws_secretsmanager_secret.gateway.arn]
  }

  dynamic "statement" {
    for_each = var.kms_key_arn == null ? [] : [var.kms_key_arn]

    content {
      sid       = "UseKey"
      actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources = [statement.value]
    }
  }
}

data "aws_iam_policy_document" "gateway" {
  statement {
    sid       = "ReadGatewayToken"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [aws_secretsmanager_secret.gateway.arn]
  }

  dynamic "statement" {
    for_each = var.kms_key_arn == null ? [] : [var.kms_key_arn]

    content {
      sid       = "UseKey"
      actions   = ["kms:Decrypt"]
      resources = [statement.value]
    }
  }
}

resource "aws_iam_role" "machine" {
  for_each = local.policies

  name_prefix        = "${local.name}-${each.key}-"
  assume_role_policy = data.aws_iam_policy_document.machines.json
  tags               = local.tags
}

resource "aws_iam_role_policy" "machine" {
  for_each = local.policies

  name   = "secrets"
  role   = aws_iam_role.machine[each.key].id
  policy = each.value
}

resource "aws_iam_instance_profile" "machine" {
  for_each = local.policies

  name_prefix = "${local.name}-${each.key}-"
  role        = aws_iam_role.machine[each.key].name
  tags        = local.tags
}
