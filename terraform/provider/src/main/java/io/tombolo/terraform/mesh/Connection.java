package io.tombolo.terraform.mesh;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/**
 * The way to one controller's API.
 * @param endpoint {@code https://host:port}, without a path
 * @param tls      one for all requests: connections are kept for who comes with the same one only
 * @param bearer   empty where a client certificate says who calls
 * @param timeout  for one request
 */
record Connection(URI endpoint, SSLSocketFactory tls, Optional<String> bearer, Duration timeout) {
    @Override
    public String toString() {
        return "Connection to " + endpoint;
    }
}
