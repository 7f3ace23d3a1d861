package io.tombolo.controller.kube;

/**
 * One condition of an object, as of now.
 * @param status  {@code True}, {@code False} or {@code Unknown}
 * @param reason  a word for programs
 * @param message for people: field, fact, remedy, and what still works
 */
public record Condition(String type, String status, String reason, String message) {
    static Condition holds(String type, String reason, String message) {
        return new Condition(type, "True", reason, message);
    }

    static Condition fails(String type, String reason, String message) {
        return new Condition(type, "False", reason, message);
    }
}
