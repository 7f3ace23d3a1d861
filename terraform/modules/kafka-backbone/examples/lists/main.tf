# The topics and ACLs of a federation of two, for whatever administers your Kafka.
module "backbone" {
  source = "../.."

  federation        = "demo"
  bootstrap_servers = ["kafka-1.example.org:9093", "kafka-2.example.org:9093", "kafka-3.example.org:9093"]

  members = {
    east = { authority = true }
    west = {}
  }
}

output "topics" {
  value = module.backbone.topics
}

output "acls" {
  value = module.backbone.acls
}
