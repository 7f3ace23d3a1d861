variable "federation" {
  description = "Name of the federation; its topics begin with tombolo.<federation>."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$", var.federation))
    error_message = "federation must be an RFC 1123 label: 1 to 63 lower-case letters, digits and hyphens."
  }
}

variable "members" {
  description = "Clusters of the federation by name. epoch is 1 for a cluster's first membership, and one more after each eviction; `tombolo clusters -o json` shows it. authority: may invite and evict."
  type = map(object({
    epoch     = optional(number, 1)
    authority = optional(bool, false)
  }))

  validation {
    condition     = length(var.members) >= 1 && alltrue([for name in keys(var.members) : can(regex("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$", name))])
    error_message = "members must be at least one, and their names RFC 1123 labels."
  }

  validation {
    condition     = alltrue([for member in values(var.members) : member.epoch >= 1 && floor(member.epoch) == member.epoch])
    error_message = "epoch must be a whole number, 1 or more."
  }

  validation {
    condition     = anytrue([for member in values(var.members) : member.authority])
    error_message = "At least one member must be an authority."
  }
}

variable "bootstrap_servers" {
  description = "Brokers as host:port."
  type        = list(string)

  validation {
    condition     = length(var.bootstrap_servers) >= 1 && alltrue([for server in var.bootstrap_servers : can(regex("^[A-Za-z0-9._-]+:[0-9]{1,5}$", server)) && try(tonumber(split(":", server)[1]) <= 65535, false)])
    error_message = "bootstrap_servers must be host:port."
  }
}

variable "replication_factor" {
  description = "Copies of each topic."
  type        = number
  default     = 3

  validation {
    condition     = var.replication_factor >= 1 && var.replication_factor <= 100
    error_message = "replication_factor must be 1 to 100."
  }
}

variable "min_insync" {
  description = "Copies that must have a record before it is acknowledged."
  type        = number
  default     = 2

  validation {
    condition     = var.min_insync >= 1 && var.min_insync <= var.replication_factor
    error_message = "min_insync must be 1 to replication_factor."
  }
}
