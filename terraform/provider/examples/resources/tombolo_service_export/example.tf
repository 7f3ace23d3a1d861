resource "tombolo_service_export" "checkout" {
  name      = "checkout"
  namespace = "shop"
  ports     = [{ port = 80, name = "http", app_protocol = "http" }]
  consumers = [{ cluster = "west" }, { namespace = "billing" }]
  capacity = {
    per_instance = 200
    grants       = [{ cluster = "west", percent = 60 }]
  }
}
