locals {
  # What AWS's own parts of a cluster may do, and no more: nodes read images, and the driver for volumes makes volumes.
  roles = {
    control-plane = { service = "eks.amazonaws.com", actions = ["sts:AssumeRole"], policies = ["AmazonEKSClusterPolicy"] }
    node          = { service = "ec2.amazonaws.com", actions = ["sts:AssumeRole"], policies = ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly"] }
    network       = { service = "pods.eks.amazonaws.com", actions = ["sts:AssumeRole", "sts:TagSession"], policies = ["AmazonEKS_CNI_Policy"] }
    volumes       = { service = "pods.eks.amazonaws.com", actions = ["sts:AssumeRole", "sts:TagSession"], policies = ["service-role/AmazonEBSCSIDriverPolicy"] }
  }

  attached = merge([for role, said in local.roles : { for policy in said.policies : "${role}/${policy}" => { role = role, policy = policy } }]...)
}

data "aws_partition" "here" {}

data "aws_iam_policy_document" "assumed" {
  for_each = local.roles

  statement {
    actions = each.value.actions

    principals {
      type        = "Service"
      identifiers = [each.value.service]
    }
  }
}

resource "aws_iam_role" "cluster" {
  for_each = local.roles

  name_prefix        = "${substr("${local.name}-${each.key}", 0, 37)}-"
  assume_role_policy = data.aws_iam_policy_document.assumed[each.key].json
  tags               = local.tags
}

resource "aws_iam_role_policy_attachment" "cluster" {
  for_each = local.attached

  role       = aws_iam_role.cluster[each.value.role].name
  policy_arn = "arn:${data.aws_partition.here.partition}:iam::aws:policy/${each.value.policy}"
}
