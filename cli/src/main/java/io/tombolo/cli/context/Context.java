package io.tombolo.cli.context;

import java.nio.file.Path;

/**
 * One controller that this user knows.
 * @param api       {@code https://host:port}
 * @param caPin     SHA-256 of the SubjectPublicKeyInfo of the controller's CA, 64 hexadecimal digits
 * @param tokenFile 0600; holds the bearer token
 */
public record Context(String name, String api, String caPin, Path tokenFile, String cluster) {}
