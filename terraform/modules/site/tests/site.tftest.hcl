variables {
  cluster   = "west"
  advertise = "west.example.org"
  release = {
    url    = "https://releases.example.org/tombolo.tar.gz"
    sha256 = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  }
}

run "a_site_is_a_controller_and_a_gateway" {
  command = plan

  assert {
    condition     = strcontains(output.files["/etc/tombolo/controller.properties"], "controller.advertised-host=west.example.org\n")
    error_message = "the controller does not know its address"
  }
  assert {
    condition     = strcontains(output.files["/etc/tombolo/gateway.properties"], "gateway.advertise=west.example.org:15443\n")
    error_message = "the gateway does not know its address"
  }
  assert {
    condition     = startswith(output.user_data, "#cloud-config\n") && yamldecode(output.user_data).runcmd[0][1] == "/etc/tombolo/bootstrap.sh"
    error_message = "cloud-init does not run the bootstrap"
  }
  assert {
    condition     = !strcontains(output.files["/etc/tombolo/bootstrap.sh"], "mkfs")
    error_message = "a machine without a data disk formats one"
  }
  assert {
    condition     = length(output.user_data) < 16384
    error_message = "user data is larger than a cloud takes"
  }
}

run "state_can_be_on_a_disk_of_its_own" {
  command = plan
  variables {
    data_device = "/dev/disk/by-id/data"
  }
  assert {
    condition     = strcontains(output.files["/etc/tombolo/bootstrap.sh"], "2) mkfs.ext4 -q -L tombolo '/dev/disk/by-id/data' ;;")
    error_message = "the disk is not mounted, or one that is not empty is formatted"
  }
}

run "a_gateway_of_a_group_has_no_controller" {
  command = plan
  variables {
    role      = "gateway"
    advertise = ""
    gateway   = { advertise = "nlb.example.org:15443", health_port = 15021, announce_after = "25s" }
    secrets   = { kind = "aws", gateway = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:gateway" }
  }
  assert {
    condition     = !contains(keys(output.files), "/etc/tombolo/controller.properties")
    error_message = "it has a controller"
  }
  assert {
    condition     = strcontains(output.files["/etc/tombolo/site.env"], "TOMBOLO_ROLE=\"gateway\"\n")
    error_message = "it does not know what it is"
  }
  assert {
    condition     = strcontains(output.files["/etc/tombolo/gateway.properties"], "gateway.health.port=15021\n")
    error_message = "the load balancer has nobody to ask"
  }
  assert {
    condition = alltrue([for line in ["gateway.drain.announce-after=25s\n", "gateway.drain.deadline=60s\n"] :
      strcontains(output.files["/etc/tombolo/gateway.properties"], line)
    ])
    error_message = "it goes before the load balancer has noticed, or has no time after that"
  }
}

run "a_gateway_without_a_load_balancer_has_no_port_for_one" {
  command = plan
  assert {
    condition     = !strcontains(output.files["/etc/tombolo/gateway.properties"], "health.port") && !strcontains(output.files["/etc/tombolo/gateway.properties"], "drain")
    error_message = "a port is open that nobody asked for, or it waits for nobody"
  }
}

run "a_gateway_may_not_take_longer_to_end_than_systemd_waits" {
  command = plan
  variables {
    gateway = { announce_after = "81s" }
  }
  expect_failures = [var.gateway]
}

run "a_gateway_has_two_ports" {
  command = plan
  variables {
    gateway = { port = 15443, health_port = 15443 }
  }
  expect_failures = [var.gateway]
}

run "sidecars_have_files_of_their_own" {
  command = plan
  variables {
    sidecars = {
      checkout = { namespace = "shop", account = "checkout", service = "checkout", service_port = 80, app_port = 8080 }
      frontend = { namespace = "shop", account = "frontend", binds = { "checkout.shop:80" = "127.0.0.1:18080" }, port = 15007, outbound = 15011, admin = 15021 }
    }
  }
  assert {
    condition     = strcontains(output.files["/etc/tombolo/sidecars/checkout.properties"], "sidecar.service=shop/checkout\n")
    error_message = "the service is missing"
  }
  assert {
    condition     = strcontains(output.files["/etc/tombolo/sidecars/frontend.properties"], "sidecar.bind=checkout.shop:80=127.0.0.1:18080\n")
    error_message = "the bind is missing"
  }
  assert {
    condition     = strcontains(output.files["/etc/tombolo/site.env"], "TOMBOLO_SIDECARS=\"checkout:shop/checkout frontend:shop/frontend\"\n")
    error_message = "first boot does not know the sidecars"
  }
}

run "what_cannot_be_is_said_before_anything_is_made" {
  command = plan
  variables {
    cluster     = "West_1"
    data_device = "sdb"
    gateway     = { port = 70000 }
    release     = { url = "http://releases.example.org/x", sha256 = "00" }
    sidecars    = { checkout = { namespace = "shop", account = "checkout", service = "checkout" } }
    secrets     = { kind = "vault" }
  }
  expect_failures = [var.cluster, var.data_device, var.gateway, var.release, var.sidecars, var.secrets]
}

run "a_site_without_an_address_is_refused" {
  command = plan
  variables {
    advertise = ""
  }
  expect_failures = [output.user_data]
}
