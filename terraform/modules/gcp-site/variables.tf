variable "name" {
  description = "Name of the cluster that this site is; resources are named after it."
  type        = string

  validation {
    condition     = can(regex("^[a-z]([-a-z0-9]{0,19}[a-z0-9])?$", var.name))
    error_message = "name must be an RFC 1123 label of at most 21 characters that begins with a letter: names of service accounts are short."
  }
}

variable "project" {
  description = "Project of the site."
  type        = string

  validation {
    condition     = can(regex("^[a-z][-a-z0-9]{4,28}[a-z0-9]$", var.project))
    error_message = "project must be the id of a project, 6 to 30 characters."
  }
}

variable "region" {
  description = "Region of Google Cloud."
  type        = string
}

variable "zones" {
  description = "Zones of the gateways, 1 to 4. The controller and its disk are in the first."
  type        = list(string)

  validation {
    condition     = length(var.zones) >= 1 && length(var.zones) <= 4 && length(distinct(var.zones)) == length(var.zones)
    error_message = "zones must be 1 to 4 different zones."
  }
}

variable "region_label" {
  description = "Region of the site as policies of the federation name it. Default: the region."
  type        = string
  default     = null
}

variable "labels" {
  description = "What the cluster says of itself, such as { residency = \"eu\" }."
  type        = map(string)
  default     = {}
}

variable "cidr" {
  description = "IPv4 range of the site's own network, /16 to /28."
  type        = string
  default     = "10.65.0.0/24"

  validation {
    condition     = can(cidrhost(var.cidr, 0)) && try(tonumber(split("/", var.cidr)[1]) >= 16 && tonumber(split("/", var.cidr)[1]) <= 28, false)
    error_message = "cidr must be an IPv4 range of /16 to /28, such as 10.65.0.0/24."
  }
}

variable "peer_cidrs" {
  description = "Where the gateways and sidecars of other clusters come from, by a name of your own. Nobody else reaches port 15443."
  type        = map(string)

  validation {
    condition     = length(var.peer_cidrs) >= 1 && alltrue([for range in values(var.peer_cidrs) : can(cidrhost(range, 0)) && !strcontains(range, ":")])
    error_message = "peer_cidrs must be at least one IPv4 range, such as { frankfurt = \"203.0.113.7/32\" }."
  }

  validation {
    condition     = alltrue([for range in values(var.peer_cidrs) : !endswith(range, "/0")])
    error_message = "peer_cidrs may not be everybody: name the ranges of the other sites."
  }
}

variable "joiner_cidrs" {
  description = "Who may reach the controller on 15012 to join, where this site is an authority; by a name of your own."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for range in values(var.joiner_cidrs) : can(cidrhost(range, 0)) && !endswith(range, "/0")])
    error_message = "joiner_cidrs must be ranges, and not everybody."
  }
}

variable "join_token" {
  description = "The token to join with, from the ephemeral resource tombolo_join_token with revoke_on_close = false. It is written to the secret store and nowhere else. Null: this site joins nobody by itself."
  type        = string
  default     = null
  ephemeral   = true
  sensitive   = true
}

variable "join_token_version" {
  description = "Raise it to have another token written. 0: none is written."
  type        = number
  default     = 0

  validation {
    condition     = var.join_token_version >= 0 && floor(var.join_token_version) == var.join_token_version
    error_message = "join_token_version must be a whole number, 0 or more."
  }
}

variable "gateways" {
  description = "How many gateways there are behind the one address; the group scales between the two by load. With one, the site is not reached while it is replaced."
  type = object({
    min = optional(number, 2)
    max = optional(number, 4)
  })
  default = {}

  validation {
    condition     = var.gateways.min >= 1 && var.gateways.max >= var.gateways.min && var.gateways.max <= 100
    error_message = "gateways must be 1 to 100, and max not less than min."
  }
}

variable "egress_addresses" {
  description = "How many public addresses gateways and sidecars call from. Each has 64,512 ports, of which a machine has at least 1,024."
  type        = number
  default     = 1

  validation {
    condition     = var.egress_addresses >= 1 && var.egress_addresses <= 16 && floor(var.egress_addresses) == var.egress_addresses
    error_message = "egress_addresses must be 1 to 16."
  }
}

variable "sidecars" {
  description = "Up to four sidecars on the controller's machine by name, as the module `site` has them; each with a port of its own from 15006 to 15009."
  type        = any
  default     = {}
}

variable "release" {
  description = "The archive that deploy/archive.sh made: where machines get it, and its SHA-256."
  type = object({
    url    = string
    sha256 = string
  })
}

variable "image" {
  description = "Image of the machines: one of Ubuntu 24.04 or newer that has cloud-init."
  type        = string
  default     = "projects/ubuntu-os-cloud/global/images/family/ubuntu-2404-lts-amd64"
}

variable "machine_types" {
  description = "Types of the machines."
  type = object({
    controller = optional(string, "e2-small")
    gateway    = optional(string, "e2-small")
  })
  default = {}
}

variable "data_disk_gib" {
  description = "Size of the disk with the controller's keys and state."
  type        = number
  default     = 10

  validation {
    condition     = var.data_disk_gib >= 10 && var.data_disk_gib <= 1024
    error_message = "data_disk_gib must be 10 to 1024."
  }
}
