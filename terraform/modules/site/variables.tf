variable "cluster" {
  description = "Name of the cluster that this site is."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$", var.cluster))
    error_message = "cluster must be an RFC 1123 label: 1 to 63 lower-case letters, digits and hyphens, with a letter or digit at both ends."
  }
}

variable "region" {
  description = "Region of the site, for locality."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$", var.region))
    error_message = "region must have at most 63 letters, digits, '.', '_' and '-'."
  }
}

variable "zone" {
  description = "Zone within the region."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$", var.zone))
    error_message = "zone must have at most 63 letters, digits, '.', '_' and '-'."
  }
}

variable "labels" {
  description = "What the cluster says of itself, such as { residency = \"eu\" }; failover policies of any cluster may choose by it."
  type        = map(string)
  default     = {}

  validation {
    condition     = length(var.labels) <= 16 && alltrue([for k, v in var.labels : can(regex("^[-A-Za-z0-9_./]{1,63}$", k)) && can(regex("^[-A-Za-z0-9_.]{0,63}$", v))])
    error_message = "labels must be at most 16, names and values of at most 63 letters, digits, '.', '_' and '-'."
  }
}

variable "role" {
  description = "site: the controller, and a gateway and sidecars if they are given. gateway: one more gateway of a site."
  type        = string
  default     = "site"

  validation {
    condition     = contains(["site", "gateway"], var.role)
    error_message = "role must be \"site\" or \"gateway\"."
  }
}

variable "advertise" {
  description = "Host at which the controller's proxies and members reach it. Required for role site."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^[A-Za-z0-9.:_-]*$", var.advertise))
    error_message = "advertise must be a host name or an address, without a port."
  }
}

variable "gateway" {
  description = "The gateway on this machine; null: none. `advertise` is host:port at which other clusters reach it, by default advertise:port. Behind a load balancer, `health_port` answers its checks of /readyz, and `announce_after`, such as \"25s\", is longer than it takes to notice; the gateway ends at most 35 seconds later."
  type = object({
    advertise      = optional(string, "")
    host           = optional(string, "0.0.0.0")
    port           = optional(number, 15443)
    health_port    = optional(number)
    announce_after = optional(string)
    settings       = optional(map(string), {})
  })
  default = {}

  validation {
    condition     = var.gateway == null || try(var.gateway.port >= 1 && var.gateway.port <= 65535, false)
    error_message = "gateway.port must be 1 to 65535."
  }

  validation {
    condition     = var.gateway == null || try(var.gateway.health_port == null, false) || try(var.gateway.health_port >= 1 && var.gateway.health_port <= 65535 && var.gateway.health_port != var.gateway.port, false)
    error_message = "gateway.health_port must be 1 to 65535, and another port than gateway.port."
  }

  validation {
    condition     = var.gateway == null || try(var.gateway.announce_after == null, false) || can(regex("^([0-9]|[1-7][0-9]|80)s$", var.gateway.announce_after))
    error_message = "gateway.announce_after must be 0s to 80s: systemd kills what has not ended after two minutes."
  }

  validation {
    condition     = var.gateway == null || try(var.gateway.advertise == "" || can(regex("^[A-Za-z0-9._-]+:[0-9]{1,5}$|^\\[[0-9a-f:]+\\]:[0-9]{1,5}$", var.gateway.advertise)), false)
    error_message = "gateway.advertise must be host:port."
  }
}

variable "sidecars" {
  description = "Sidecars on this machine by name. With `service`, the application on 127.0.0.1:app_port is an instance of it; `binds` makes services reachable on local addresses, such as { \"checkout.shop:80\" = \"127.0.0.1:18080\" }."
  type = map(object({
    namespace    = string
    account      = string
    service      = optional(string)
    service_port = optional(number)
    app_port     = optional(number)
    app_protocol = optional(string, "http")
    host         = optional(string, "")
    port         = optional(number, 15006)
    outbound     = optional(number, 15001)
    admin        = optional(number, 15020)
    binds        = optional(map(string), {})
    settings     = optional(map(string), {})
  }))
  default = {}

  validation {
    condition     = alltrue([for name, s in var.sidecars : alltrue([for label in [name, s.namespace, s.account, coalesce(s.service, "x")] : can(regex("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$", label))])])
    error_message = "Names of sidecars, namespaces, accounts and services must be RFC 1123 labels."
  }

  validation {
    condition     = alltrue([for s in values(var.sidecars) : (s.service == null) == (s.app_port == null)])
    error_message = "A sidecar with a service needs its app_port, and one without has none."
  }

  validation {
    condition     = alltrue(flatten([for s in values(var.sidecars) : [for port in [s.port, s.outbound, s.admin, coalesce(s.app_port, 1), coalesce(s.service_port, 1)] : port >= 0 && port <= 65535]]))
    error_message = "Ports must be 1 to 65535; 0 takes any free one where a program listens."
  }

  validation {
    condition     = alltrue([for s in values(var.sidecars) : contains(["http", "h2c", "grpc", "tcp"], s.app_protocol)])
    error_message = "app_protocol must be http, h2c, grpc or tcp."
  }
}

variable "controller_settings" {
  description = "Further keys of the controller, without their prefix, such as { \"freshness.lease\" = \"45s\" }. No secrets."
  type        = map(string)
  default     = {}
}

variable "release" {
  description = "The archive that deploy/archive.sh made: where machines get it, and its SHA-256."
  type = object({
    url    = string
    sha256 = string
  })

  validation {
    condition     = can(regex("^(https|file)://[^\\s'\"]+$", var.release.url))
    error_message = "release.url must begin with https:// or file://."
  }

  validation {
    condition     = can(regex("^[0-9a-f]{64}$", var.release.sha256))
    error_message = "release.sha256 must be 64 hexadecimal digits, as in the file that deploy/archive.sh writes beside the archive."
  }
}

variable "secrets" {
  description = "Where this machine reads secrets by its own identity. kind: file, aws, gcp or azure. join: the token to join with; null: it joins nobody by itself. gateway: tokens for further gateways; null: there are none."
  type = object({
    kind    = optional(string, "file")
    join    = optional(string)
    gateway = optional(string)
  })
  default = {}

  validation {
    condition     = contains(["file", "aws", "gcp", "azure"], var.secrets.kind)
    error_message = "secrets.kind must be file, aws, gcp or azure."
  }

  validation {
    condition     = alltrue([for name in compact([var.secrets.join, var.secrets.gateway]) : can(regex("^[A-Za-z0-9:/._+=@-]+$", name))])
    error_message = "secrets.join and secrets.gateway are names of secrets, never their values."
  }
}

variable "data_device" {
  description = "Block device for keys and state, mounted at paths.state; an empty one gets a file system. Empty: the machine's own disk."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^(/dev/[A-Za-z0-9/._-]+)?$", var.data_device))
    error_message = "data_device must be a path below /dev."
  }
}

variable "packages" {
  description = "Packages that machines install before anything else: a JDK of version 25, and what the scripts use."
  type        = list(string)
  default     = ["openjdk-25-jdk-headless", "curl", "jq"]
}

variable "paths" {
  description = "Where things are on the machine."
  type = object({
    home   = optional(string, "/opt/tombolo")
    config = optional(string, "/etc/tombolo")
    state  = optional(string, "/var/lib/tombolo")
    units  = optional(string, "/etc/systemd/system")
  })
  default = {}

  validation {
    condition     = alltrue([for path in values(var.paths) : can(regex("^(/[A-Za-z0-9._-]+)+$", path))])
    error_message = "paths must be absolute, of letters, digits, '.', '_' and '-'."
  }
}

variable "user" {
  description = "Who the programs run as; made if nobody has that name."
  type        = string
  default     = "tombolo"

  validation {
    condition     = can(regex("^[a-z_][a-z0-9_-]{0,31}$", var.user))
    error_message = "user must be a name of a Linux user."
  }
}
