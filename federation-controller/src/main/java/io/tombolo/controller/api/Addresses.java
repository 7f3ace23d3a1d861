package io.tombolo.controller.api;

/**
 * Where this controller is reached, {@code host:port}.
 * @param proxies   of :15010
 * @param enrolment of :15012
 */
public record Addresses(String proxies, String enrolment) {}
