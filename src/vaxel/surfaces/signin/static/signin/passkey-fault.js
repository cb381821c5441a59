// The library's passkey scripts tell of faults by an event alone; here the person is told too.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault()
  document.getElementById("passkey-fault").hidden = false
})
