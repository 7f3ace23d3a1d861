package io.tombolo.image;

/** A program that can be in the image; named on the command line in lower case. */
enum PackedProgram {
    KAFKA("kafka/target/app"),
    CONTROLLER("federation-controller/target/quarkus-app"),
    GATEWAY("gateway/target/quarkus-app"),
    SIDECAR("sidecar/target/quarkus-app");

    private final String place;

    PackedProgram(String place) {
        this.place = place;
    }

    /** Where it is, in the image as in a checkout that was built. */
    String place() {
        return place;
    }
}
