locals {
  controller = merge(
    { "advertised-host" = var.advertise, "region" = var.region, "zone" = var.zone },
    { for name, value in var.labels : "labels.\"${name}\"" => value },
    var.controller_settings,
  )

  gateway = var.gateway == null ? {} : merge(
    {
      "listen.host" = var.gateway.host
      "listen.port" = tostring(var.gateway.port)
      "advertise"   = var.gateway.advertise != "" ? var.gateway.advertise : "${var.advertise}:${var.gateway.port}"
    },
    var.gateway.health_port == null ? {} : { "health.port" = tostring(var.gateway.health_port) },
    # What is left after it was said is the time that calls under way have to end.
    var.gateway.announce_after == null ? {} : {
      "drain.announce-after" = var.gateway.announce_after
      "drain.deadline"       = "${tonumber(trimsuffix(var.gateway.announce_after, "s")) + 35}s"
    },
    var.gateway.settings,
  )

  sidecars = {
    for name, s in var.sidecars : name => merge(
      {
        "inbound.host"  = s.host
        "inbound.port"  = tostring(s.port)
        "outbound.port" = tostring(s.outbound)
        "admin.port"    = tostring(s.admin)
        "bind"          = join(",", [for service, address in s.binds : "${service}=${address}"])
      },
      s.service == null ? {} : {
        "service"      = "${s.namespace}/${s.service}"
        "service-port" = tostring(coalesce(s.service_port, s.app_port))
        "app-port"     = tostring(s.app_port)
        "app-protocol" = s.app_protocol
      },
      s.settings,
    )
  }

  site_env = {
    TOMBOLO_CLUSTER        = var.cluster
    TOMBOLO_ROLE           = var.role
    TOMBOLO_SECRET_KIND    = var.secrets.kind
    TOMBOLO_JOIN_SECRET    = var.secrets.join
    TOMBOLO_GATEWAY_SECRET = var.secrets.gateway
    TOMBOLO_SIDECARS       = join(" ", [for name, s in var.sidecars : "${name}:${s.namespace}/${s.account}"])
    TOMBOLO_HOME           = var.paths.home
    TOMBOLO_CONFIG         = var.paths.config
    TOMBOLO_STATE          = var.paths.state
    TOMBOLO_UNITS          = var.paths.units
    TOMBOLO_USER           = var.user
  }

  is_site = var.role == "site"

  files = merge(
    {
      (local.env_file) = join("", [for name, value in local.site_env : "${name}=\"${value == null ? "" : value}\"\n"])
      (local.bootstrap) = templatefile("${path.module}/templates/bootstrap.sh.tftpl", {
        env_file    = local.env_file
        url         = var.release.url
        sha256      = var.release.sha256
        data_device = var.data_device
      })
    },
    local.is_site ? {
      "${var.paths.config}/controller.properties" = local.properties.controller
    } : {},
    var.gateway == null ? {} : {
      "${var.paths.config}/gateway.properties" = local.properties.gateway
    },
    { for name, text in local.properties.sidecars : "${var.paths.config}/sidecars/${name}.properties" => text },
  )

  env_file  = "${var.paths.config}/site.env"
  bootstrap = "${var.paths.config}/bootstrap.sh"

  properties = {
    controller = join("", [for key, value in local.controller : "controller.${key}=${value}\n" if value != ""])
    gateway    = join("", [for key, value in local.gateway : "gateway.${key}=${value}\n" if value != ""])
    sidecars = {
      for name, settings in local.sidecars :
      name => join("", [for key, value in settings : "sidecar.${key}=${value}\n" if value != ""])
    }
  }

  cloud_config = {
    package_update = true
    packages       = var.packages
    write_files = [
      for file, text in local.files : { path = file, content = text, owner = "root:root", permissions = "0644" }
    ]
    runcmd = [["sh", local.bootstrap]]
  }
}
