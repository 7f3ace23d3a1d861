package io.tombolo.terraform.schema;

/**
 * Something that a user has to know.
 * @param path    where in the configuration; the root if it is about no attribute
 * @param summary in a few words, for the headline
 * @param detail  what is there, and what to do
 */
public record Problem(Severity severity, ValuePath path, String summary, String detail) {
    /** Whether Terraform goes on. */
    public enum Severity {
        ERROR,
        WARNING
    }

    /** One that ends what is being done. */
    public static Problem error(ValuePath path, String summary, String detail) {
        return new Problem(Severity.ERROR, path, summary, detail);
    }

    /** One that ends nothing. */
    public static Problem warning(ValuePath path, String summary, String detail) {
        return new Problem(Severity.WARNING, path, summary, detail);
    }

    /** Whether it ends what is being done. */
    public boolean isError() {
        return severity == Severity.ERROR;
    }
}
