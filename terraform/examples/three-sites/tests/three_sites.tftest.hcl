# Plans and applies all sites together against the providers' schemas; nothing is made.
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}" }
  }
  mock_data "aws_region" {
    defaults = { name = "eu-central-1" }
  }
  mock_data "aws_ssm_parameter" {
    defaults = { insecure_value = "ami-0123456789abcdef0" }
  }
  mock_resource "aws_lb" {
    defaults = { dns_name = "nlb.example.org", arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/x/1" }
  }
  mock_resource "aws_lb_target_group" {
    defaults = { arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/x/1" }
  }
  mock_resource "aws_secretsmanager_secret" {
    defaults = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:tombolo-AbCdEf" }
  }
  mock_resource "aws_ebs_volume" {
    defaults = { id = "vol-0123456789abcdef0" }
  }
  mock_resource "aws_network_interface" {
    defaults = { private_ip = "10.64.0.10" }
  }
  mock_resource "aws_eip" {
    defaults = { public_ip = "198.51.100.30" }
  }
  mock_resource "aws_launch_template" {
    defaults = { id = "lt-0123456789abcdef0", latest_version = 1 }
  }
}

mock_provider "google" {
  mock_resource "google_compute_address" {
    defaults = { address = "192.0.2.20" }
  }
  mock_resource "google_service_account" {
    defaults = { email = "machine@example-project.iam.gserviceaccount.com" }
  }
}

mock_provider "tombolo" {}

run "each_site_lets_in_where_the_others_come_from" {
  assert {
    condition     = toset(output.egress_cidrs.west) == toset(["198.51.100.30/32"]) && length(output.egress_cidrs.west) == 3
    error_message = "the site on AWS has no fixed addresses"
  }
  assert {
    condition     = toset(output.egress_cidrs.south) == toset(["192.0.2.20/32"]) && length(output.egress_cidrs.south) == 2
    error_message = "the site on Google Cloud has no fixed addresses"
  }
  assert {
    condition     = toset(values(merge(local.east, local.south))) == toset(["203.0.113.7/32", "192.0.2.20/32"])
    error_message = "the site on AWS lets others in"
  }
}
