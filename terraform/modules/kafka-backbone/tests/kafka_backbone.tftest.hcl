variables {
  federation        = "prod"
  bootstrap_servers = ["kafka-1.example.org:9093"]
  members = {
    east = { authority = true }
    west = { epoch = 2 }
  }
}

run "members_write_their_own_topics_and_read_all" {
  command = plan

  assert {
    condition     = length(output.topics) == 7
    error_message = "three topics are shared, and each member has two"
  }
  assert {
    condition     = output.acls["tombolo.prod.west.2 Write Topic tombolo.prod.catalog.west"].principal == "User:tombolo.prod.west.2"
    error_message = "west cannot write its catalog"
  }
  assert {
    condition     = !contains(keys(output.acls), "tombolo.prod.west.2 Write Topic tombolo.prod.members") && contains(keys(output.acls), "tombolo.prod.east.1 Write Topic tombolo.prod.members")
    error_message = "authorities alone write the members"
  }
  assert {
    condition     = output.topics["tombolo.prod.members"].config["min.insync.replicas"] == "2"
    error_message = "records may be lost"
  }
  assert {
    condition     = strcontains(output.connection_properties, "bootstrap.servers=kafka-1.example.org:9093\n")
    error_message = "the connection file does not name the broker"
  }
}

run "what_cannot_be_is_said" {
  command = plan
  variables {
    federation         = "a.b"
    bootstrap_servers  = ["kafka"]
    members            = { east = { epoch = 0 } }
    replication_factor = 1
  }
  expect_failures = [var.federation, var.bootstrap_servers, var.members, var.min_insync]
}
