# COPYLEDGER_SANITIZE: empty, "address,undefined" or "thread"; set by the presets.
set(COPYLEDGER_SANITIZE "" CACHE STRING "sanitizers to build with")
if(COPYLEDGER_SANITIZE)
    add_compile_options(-fsanitize=${COPYLEDGER_SANITIZE} -fno-sanitize-recover=all
        -fno-omit-frame-pointer -Wno-maybe-uninitialized)
    add_link_options(-fsanitize=${COPYLEDGER_SANITIZE})
endif()
