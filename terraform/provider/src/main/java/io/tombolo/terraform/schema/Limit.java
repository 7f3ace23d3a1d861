package io.tombolo.terraform.schema;

import java.util.List;

/** What a check asks for, where other languages of schemas have words for it too. */
public sealed interface Limit {
    /** A name as RFC 1123 has it. */
    record Label() implements Limit {}

    record OneOf(List<String> words) implements Limit {
        public OneOf {
            words = List.copyOf(words);
        }
    }

    /** A whole number, both ends included. */
    record Whole(long least, long most) implements Limit {}

    /** So many values. */
    record Count(int least, int most) implements Limit {}

    /** Of each value. */
    record Each(Limit limit) implements Limit {}
}
