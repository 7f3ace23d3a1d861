output "topics" {
  description = "Topics by name: partitions, replication_factor and config. Made for `for_each` of a Kafka provider's topic resource."
  value = {
    for name, config in local.topics : name => {
      partitions         = 1
      replication_factor = var.replication_factor
      config             = config
    }
  }
}

output "acls" {
  description = "ACLs by a name that does not change, for `for_each` of a Kafka provider's ACL resource."
  value       = local.acls
}

output "quotas" {
  description = "What each member may use of a broker, by principal."
  value = {
    for principal in values(local.principals) : principal => {
      consumer_byte_rate = 32 * local.mib
      producer_byte_rate = 4 * local.mib
      request_percentage = 100
    }
  }
}

output "broker_settings" {
  description = "What brokers need, once; their truststore needs the members' CA beside it."
  value = {
    "ssl.client.auth"                = "required"
    "ssl.principal.mapping.rules"    = "RULE:^CN=(tombolo[.][A-Za-z0-9._-]+)$/$1/,DEFAULT"
    "authorizer.class.name"          = "org.apache.kafka.metadata.authorizer.StandardAuthorizer"
    "allow.everyone.if.no.acl.found" = "false"
    "auto.create.topics.enable"      = "false"
  }
}

output "connection_properties" {
  description = "The file for `tombolo init --backbone`; it names files with keys, which stay beside it with mode 0600, and holds none."
  value       = <<-E
    bootstrap.servers=${join(",", var.bootstrap_servers)}
    server-ca-file=kafka-ca.pem
    ca-file=members-ca.pem
    ca-key-file=members-ca.key
    replication-factor=${var.replication_factor}
    min-insync=${var.min_insync}
  E
}
