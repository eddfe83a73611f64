# COPYLEDGER_SANITIZE: empty, "address,undefined" or "thread"; set by the presets.
set(COPYLEDGER_SANITIZE "" CACHE STRING "sanitizers to build with")
if(COPYLEDGER_SANITIZE)
    add_compile_options(-fsanitize=${COPYLEDGER_SANITIZE} -fno-sanitize-recover=all
        -fno-omit-frame-pointer -Wno-maybe-uninitialized)
    # Asio's fences: ThreadSanitizer does not know them, g++ says so at each.
    if(COPYLEDGER_SANITIZE MATCHES thread)
        add_compile_options(-Wno-tsan)
    endif()
    add_link_options(-fsanitize=${COPYLEDGER_SANITIZE})
endif()
