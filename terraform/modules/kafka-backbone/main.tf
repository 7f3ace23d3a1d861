locals {
  prefix = "tombolo.${var.federation}."
  hour   = 3600 * 1000
  mib    = 1024 * 1024

  # What the log's rules hang on; a controller checks it at every start.
  required = {
    "message.timestamp.type"         = "CreateTime"
    "unclean.leader.election.enable" = "false"
    "min.insync.replicas"            = tostring(var.min_insync)
  }

  compacted = merge(local.required, {
    "cleanup.policy"            = "compact"
    "max.message.bytes"         = tostring(65 * 1024)
    "segment.ms"                = tostring(24 * local.hour)
    "segment.bytes"             = tostring(16 * local.mib)
    "min.cleanable.dirty.ratio" = "0.2"
    "delete.retention.ms"       = tostring(7 * 24 * local.hour)
    "flush.messages"            = "1"
  })

  short_lived = merge(local.required, {
    "cleanup.policy" = "delete"
    "segment.bytes"  = tostring(8 * local.mib)
  })

  health = merge(local.short_lived, {
    "max.message.bytes" = tostring(65 * 1024)
    "retention.ms"      = tostring(local.hour / 12)
    "retention.bytes"   = tostring(32 * local.mib)
    "segment.ms"        = tostring(local.hour / 24)
  })

  shared = {
    "${local.prefix}members" = local.compacted
    "${local.prefix}pulse" = merge(local.short_lived, {
      "max.message.bytes" = tostring(8 * 1024)
      "retention.ms"      = tostring(local.hour / 6)
      "retention.bytes"   = tostring(64 * local.mib)
      "segment.ms"        = tostring(local.hour / 12)
    })
    "${local.prefix}audit" = merge(local.required, {
      "cleanup.policy"    = "delete"
      "max.message.bytes" = tostring(65 * 1024)
      "retention.ms"      = tostring(400 * 24 * local.hour)
      "retention.bytes"   = "-1"
      "flush.messages"    = "1"
      "segment.ms"        = tostring(7 * 24 * local.hour)
    })
  }

  topics = merge(
    local.shared,
    { for name in keys(var.members) : "${local.prefix}catalog.${name}" => local.compacted },
    { for name in keys(var.members) : "${local.prefix}health.${name}" => local.health },
  )

  principals = { for name, member in var.members : name => "${local.prefix}${name}.${member.epoch}" }

  own = {
    for name, member in var.members : name => concat(
      ["${local.prefix}catalog.${name}", "${local.prefix}health.${name}", "${local.prefix}pulse", "${local.prefix}audit"],
      member.authority ? ["${local.prefix}members"] : [],
    )
  }

  grants = flatten([
    for name, member in var.members : concat(
      [for topic in keys(local.topics) : { name = name, type = "Topic", resource = topic, pattern = "Literal", operation = "Read" }],
      [for topic in local.own[name] : { name = name, type = "Topic", resource = topic, pattern = "Literal", operation = "Write" }],
      [{ name = name, type = "TransactionalID", resource = local.principals[name], pattern = "Literal", operation = "Write" }],
      member.authority ? [{ name = name, type = "Topic", resource = local.prefix, pattern = "Prefixed", operation = "DescribeConfigs" }] : [],
    )
  ])

  acls = {
    for grant in local.grants : "${local.principals[grant.name]} ${grant.operation} ${grant.type} ${grant.resource}" => {
      principal     = "User:${local.principals[grant.name]}"
      host          = "*"
      operation     = grant.operation
      permission    = "Allow"
      resource_type = grant.type
      resource_name = grant.resource
      pattern_type  = grant.pattern
    }
  }
}
