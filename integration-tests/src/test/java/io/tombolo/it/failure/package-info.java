/** What callers notice, under load, while programs are killed, sent away, restarted and lied to: nothing that could be repeated. */
@NullMarked
package io.tombolo.it.failure;

import org.jspecify.annotations.NullMarked;
