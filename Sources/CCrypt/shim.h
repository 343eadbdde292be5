#include <crypt.h>
#include <string.h>

/* Wipes memory for certain; Swift's Glibc does not offer explicit_bzero. */
static inline void hh_wipe(void *memory, size_t length) { explicit_bzero(memory, length); }
