locals {
  name         = "tombolo-${var.name}"
  tags         = merge({ "tombolo:cluster" = var.name }, var.tags)
  gateway_port = 15443
  health_port  = 15021
  zones        = { for index, zone in var.availability_zones : zone => index }
  region       = coalesce(var.region_label, data.aws_region.here.name)
  ami          = var.ami != null ? var.ami : data.aws_ssm_parameter.ubuntu[0].insecure_value

  policies = {
    controller = data.aws_iam_policy_document.controller.json
    gateway    = data.aws_iam_policy_document.gateway.json
  }
}

data "aws_region" "here" {}

data "aws_ssm_parameter" "ubuntu" {
  count = var.ami == null ? 1 : 0

  name = "/aws/service/canonical/ubuntu/server/24.04/stable/current/${var.architecture}/hvm/ebs-gp3/ami-id"
}

# Keys and state outlive the machine: a new one mounts the same disk.
resource "aws_ebs_volume" "state" {
  availability_zone = var.availability_zones[0]
  size              = var.data_disk_gib
  type              = "gp3"
  encrypted         = true
  kms_key_id        = var.kms_key_arn
  final_snapshot    = true
  tags              = merge(local.tags, { Name = "${local.name}-state" })
}

# So does its address, which gateways and members know it by.
resource "aws_network_interface" "controller" {
  subnet_id       = aws_subnet.public[var.availability_zones[0]].id
  security_groups = [aws_security_group.controller.id]
  tags            = merge(local.tags, { Name = "${local.name}-controller" })
}

resource "aws_eip" "controller" {
  domain            = "vpc"
  network_interface = aws_network_interface.controller.id
  tags              = merge(local.tags, { Name = "${local.name}-controller" })
  depends_on        = [aws_internet_gateway.site]
}

module "controller" {
  source = "../site"

  cluster     = var.name
  region      = local.region
  zone        = var.availability_zones[0]
  labels      = var.labels
  advertise   = aws_network_interface.controller.private_ip
  gateway     = null
  sidecars    = { for name, sidecar in var.sidecars : name => merge({ host = aws_network_interface.controller.private_ip }, sidecar) }
  release     = var.release
  data_device = "/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_${replace(aws_ebs_volume.state.id, "-", "")}"

  secrets = {
    kind    = "aws"
    join    = var.join_token_version > 0 ? aws_secretsmanager_secret.join.arn : null
    gateway = aws_secretsmanager_secret.gateway.arn
  }
}

resource "aws_instance" "controller" {
  ami                         = local.ami
  instance_type               = var.instance_types.controller
  iam_instance_profile        = aws_iam_instance_profile.machine["controller"].name
  user_data                   = module.controller.user_data
  user_data_replace_on_change = true
  tags                        = merge(local.tags, { Name = "${local.name}-controller" })

  network_interface {
    device_index         = 0
    network_interface_id = aws_network_interface.controller.id
  }

  metadata_options {
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  root_block_device {
    encrypted  = true
    kms_key_id = var.kms_key_arn
  }

  lifecycle {
    # A newer image alone is no reason to take the controller away; replace it when you want to.
    ignore_changes = [ami]
  }
}

resource "aws_volume_attachment" "state" {
  device_name                    = "/dev/sdf"
  volume_id                      = aws_ebs_volume.state.id
  instance_id                    = aws_instance.controller.id
  stop_instance_before_detaching = true
}

module "gateway" {
  source = "../site"

  cluster = var.name
  role    = "gateway"
  release = var.release
  secrets = { kind = "aws", gateway = aws_secretsmanager_secret.gateway.arn }

  gateway = {
    advertise   = "${aws_lb.gateways.dns_name}:${local.gateway_port}"
    health_port = local.health_port
    # The load balancer has noticed after two checks, 10 s apart.
    announce_after = "25s"
  }
}

resource "aws_launch_template" "gateway" {
  name_prefix            = "${local.name}-gateway-"
  image_id               = local.ami
  instance_type          = var.instance_types.gateway
  user_data              = base64encode(module.gateway.user_data)
  update_default_version = true
  tags                   = local.tags

  iam_instance_profile {
    name = aws_iam_instance_profile.machine["gateway"].name
  }

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  network_interfaces {
    associate_public_ip_address = false
    security_groups             = [aws_security_group.gateway.id]
  }

  block_device_mappings {
    device_name = "/dev/sda1"

    ebs {
      encrypted  = "true"
      kms_key_id = var.kms_key_arn
    }
  }
}

resource "aws_autoscaling_group" "gateways" {
  name                      = "${local.name}-gateways"
  min_size                  = var.gateways.min
  max_size                  = var.gateways.max
  vpc_zone_identifier       = [for subnet in aws_subnet.private : subnet.id]
  target_group_arns         = [aws_lb_target_group.gateways.arn]
  health_check_type         = "ELB"
  health_check_grace_period = 900
  wait_for_capacity_timeout = "0"

  launch_template {
    id      = aws_launch_template.gateway.id
    version = aws_launch_template.gateway.latest_version
  }

  # A machine without a way out installs nothing.
  depends_on = [aws_route_table_association.private]

  instance_refresh {
    strategy = "Rolling"

    preferences {
      min_healthy_percentage = 100
      max_healthy_percentage = 200
    }
  }

  dynamic "tag" {
    for_each = merge(local.tags, { Name = "${local.name}-gateway" })

    content {
      key                 = tag.key
      value               = tag.value
      propagate_at_launch = true
    }
  }
}

resource "aws_autoscaling_policy" "gateways" {
  name                   = "${local.name}-cpu"
  autoscaling_group_name = aws_autoscaling_group.gateways.name
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value = 60

    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}
