locals {
  name         = "tombolo-${var.name}"
  tags         = merge({ "tombolo:cluster" = var.name }, var.tags)
  gateway_port = 15443

  # The order counts: nodes need the network, and pods of the other add-ons need nodes.
  addons_before = {
    vpc-cni                = { role = "network", account = "aws-node", settings = { enableNetworkPolicy = "true" } }
    kube-proxy             = null
    eks-pod-identity-agent = null
  }
  addons_after = {
    coredns            = null
    aws-ebs-csi-driver = { role = "volumes", account = "ebs-csi-controller-sa", settings = null }
  }
}

resource "aws_eks_cluster" "cluster" {
  name                          = local.name
  version                       = var.kubernetes_version
  role_arn                      = aws_iam_role.cluster["control-plane"].arn
  bootstrap_self_managed_addons = false
  enabled_cluster_log_types     = ["api", "audit", "authenticator"]
  tags                          = local.tags

  # Rights are in the cluster alone, and whoever runs Terraform is its first administrator.
  access_config {
    authentication_mode                         = "API"
    bootstrap_cluster_creator_admin_permissions = true
  }

  vpc_config {
    subnet_ids              = values(local.private_subnets)
    endpoint_private_access = true
    endpoint_public_access  = length(var.control_plane_cidrs) > 0
    public_access_cidrs     = length(var.control_plane_cidrs) > 0 ? values(var.control_plane_cidrs) : null
  }

  dynamic "encryption_config" {
    for_each = var.kms_key_arn == null ? [] : [var.kms_key_arn]

    content {
      resources = ["secrets"]

      provider {
        key_arn = encryption_config.value
      }
    }
  }

  depends_on = [aws_iam_role_policy_attachment.cluster]
}

resource "aws_launch_template" "nodes" {
  name_prefix            = "${local.name}-nodes-"
  update_default_version = true
  tags                   = local.tags

  # Pods do not reach the credentials of their node.
  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      volume_size = var.nodes.disk_gib
      volume_type = "gp3"
      encrypted   = "true"
      kms_key_id  = var.kms_key_arn
    }
  }

  tag_specifications {
    resource_type = "instance"
    tags          = merge(local.tags, { Name = "${local.name}-node" })
  }
}

resource "aws_eks_node_group" "nodes" {
  cluster_name           = aws_eks_cluster.cluster.name
  node_group_name_prefix = "${local.name}-"
  node_role_arn          = aws_iam_role.cluster["node"].arn
  subnet_ids             = values(local.private_subnets)
  ami_type               = var.nodes.ami_type
  instance_types         = var.nodes.instance_types
  tags                   = local.tags

  launch_template {
    id      = aws_launch_template.nodes.id
    version = aws_launch_template.nodes.latest_version
  }

  scaling_config {
    min_size     = var.nodes.min
    max_size     = var.nodes.max
    desired_size = var.nodes.min
  }

  update_config {
    max_unavailable = 1
  }

  lifecycle {
    create_before_destroy = true
    # An autoscaler's.
    ignore_changes = [scaling_config[0].desired_size]
  }

  # A node without a way out, or without its network, never becomes ready.
  depends_on = [aws_iam_role_policy_attachment.cluster, aws_route_table_association.private, aws_eks_addon.before]
}

resource "aws_eks_addon" "before" {
  for_each = local.addons_before

  cluster_name         = aws_eks_cluster.cluster.name
  addon_name           = each.key
  configuration_values = try(each.value.settings, null) == null ? null : jsonencode(each.value.settings)
  tags                 = local.tags

  dynamic "pod_identity_association" {
    for_each = each.value == null ? [] : [each.value]

    content {
      role_arn        = aws_iam_role.cluster[pod_identity_association.value.role].arn
      service_account = pod_identity_association.value.account
    }
  }
}

resource "aws_eks_addon" "after" {
  for_each = local.addons_after

  cluster_name         = aws_eks_cluster.cluster.name
  addon_name           = each.key
  configuration_values = try(each.value.settings, null) == null ? null : jsonencode(each.value.settings)
  tags                 = local.tags
  depends_on           = [aws_eks_node_group.nodes]

  dynamic "pod_identity_association" {
    for_each = each.value == null ? [] : [each.value]

    content {
      role_arn        = aws_iam_role.cluster[pod_identity_association.value.role].arn
      service_account = pod_identity_association.value.account
    }
  }
}
